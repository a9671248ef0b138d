namespace CloudNative.Local.Running;

/// <summary>Each has a page under docs/errors.</summary>
internal static class ErrorIds
{
    public const string CommandLine = "CN8050";
    public const string Build = "CN8051";
    public const string PortInUse = "CN8052";
    public const string NotReady = "CN8053";
    public const string KeepsDying = "CN8054";
    public const string RunDirectory = "CN8055";
    public const string NoProgram = "CN8056";
    public const string LaunchProfile = "CN8057";
    public const string Option = "CN8058";
    public const string Control = "CN8059";
}
