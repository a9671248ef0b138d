namespace CloudNative.Sdk;

/// <summary>
/// Who may manage this service over HTTP, and where. Section <c>CloudNative:Management</c>; read once at start.
/// </summary>
public sealed class ManagementOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "CloudNative:Management";

    /// <summary>Whether the management endpoints are mapped. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>What their paths begin with. Default <c>/cloudnative</c>.</summary>
    public string Path { get; set; } = "/cloudnative";

    /// <summary>
    /// The name of an authorisation policy; a caller that satisfies it is answered wherever it comes from. Default: none, only callers on
    /// this machine are answered.
    /// </summary>
    public string? Policy { get; set; }

    /// <summary>
    /// Whether a caller on this machine (a loopback connection that no proxy handed on) is answered without the policy. Default true.
    /// </summary>
    public bool AllowLocal { get; set; } = true;
}
