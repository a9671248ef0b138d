namespace CloudNative.Discovery;

/// <summary>
/// Says which hosts with dots name services, where a platform qualifies names: <c>catalog.billing</c>. Others are left to DNS. Registered
/// as a service by a provider that finds them; a singleton, thread-safe.
/// </summary>
public interface IQualifiedServiceNames
{
    /// <summary>Whether the host names a service that the provider may find.</summary>
    /// <param name="host">The host as it stands in a URI.</param>
    /// <returns>Whether the endpoint table is to be asked before DNS.</returns>
    bool Names(string host);
}
