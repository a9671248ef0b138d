namespace CloudNative.Http;

/// <summary>
/// Which clients get the pipeline. Section <c>CloudNative:Http</c>; read once at start. The same section holds the
/// defaults of <see cref="ServiceClientOptions"/>.
/// </summary>
public sealed class ServiceHttpOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "CloudNative:Http";

    /// <summary>Whether any client is changed at all. Default <see langword="true"/>.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Which clients of IHttpClientFactory get the pipeline. Default <see cref="ClientAttachment.All"/>.
    /// </summary>
    public ClientAttachment Attach { get; set; } = ClientAttachment.All;
}
