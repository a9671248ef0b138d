namespace CloudNative.Lifecycle;

/// <summary>
/// Where this process listens. CloudNative.Sdk answers it from the web server; a worker has none and registers nothing
/// unless <c>CloudNative:Discovery:Advertise</c> names an address.
/// </summary>
public interface IListeningAddresses
{
    /// <summary>
    /// The bound addresses once the service has started, wildcards included as the server reports them
    /// (<c>http://[::]:5000</c>); empty when there is no real socket.
    /// </summary>
    /// <returns>The addresses.</returns>
    IReadOnlyList<Uri> GetAddresses();

    /// <summary>
    /// The name under which neighbours ask for one of these addresses, <c>grpc</c> in <c>http://_grpc.catalog</c>;
    /// <see langword="null"/> for an unnamed one, which <c>http://catalog</c> means.
    /// </summary>
    /// <param name="address">An address of <see cref="GetAddresses"/>.</param>
    /// <returns>The name. The default implementation has none.</returns>
    string? GetName(Uri address) => null;
}
