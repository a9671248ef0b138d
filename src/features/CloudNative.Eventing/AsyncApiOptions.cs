namespace CloudNative.Eventing;

/// <summary>
/// The AsyncAPI document of the service. Section <c>CloudNative:Eventing:AsyncApi</c>; read once, at first use.
/// </summary>
public sealed class AsyncApiOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "CloudNative:Eventing:AsyncApi";

    /// <summary>What the document is called. Default: the name of the service.</summary>
    public string? Title { get; set; }

    /// <summary>What the service is for, in Markdown. Default: none.</summary>
    public string? Description { get; set; }

    /// <summary>
    /// Where to write the document, relative to the current directory. When it is set, the process writes the file and
    /// ends with exit code 0 in the place of starting. Default: none; the service runs.
    /// </summary>
    public string? File { get; set; }
}
