namespace CloudNative.AppModel;

/// <summary>One port of a service.</summary>
/// <param name="Name">
/// The endpoint's name, a DNS label: <c>http</c> for the one that <c>http://catalog</c> means, any other for
/// <c>http://_name.catalog</c>.
/// </param>
/// <param name="Protocol">What is spoken on it.</param>
/// <param name="Number">The port wished for, 1 to 65535; <see langword="null"/> for any free one (<c>auto</c>).</param>
/// <param name="Fallback">
/// Whether another port will do when <paramref name="Number"/> is in use. Always true for <c>auto</c>.
/// </param>
public sealed record PortDefinition(string Name, PortProtocol Protocol, int? Number, bool Fallback)
{
    /// <summary>The name of the endpoint that <c>http://catalog</c> means.</summary>
    public const string Http = "http";
}
