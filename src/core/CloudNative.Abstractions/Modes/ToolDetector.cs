using System.Reflection;

namespace CloudNative.Modes;

/// <summary>Recognises the tools that build a host only to look at it, by the assembly they start with.</summary>
internal sealed class ToolDetector(string? entryAssembly) : IHostModeDetector
{
    // GetDocument.Insider: Microsoft.Extensions.ApiDescription.Server. ef: dotnet ef and the Package Manager Console.
    private static readonly string[] Tools =
    [
        "GetDocument.Insider", "dotnet-getdocument", "ef", "dotnet-ef",
        "dotnet-swagger", "NSwag.AspNetCore.Launcher", "dotnet-nswag",
    ];

    public ToolDetector()
        : this(Assembly.GetEntryAssembly()?.GetName().Name)
    {
    }

    public HostMode? Detect() =>
        Tools.Contains(entryAssembly, StringComparer.OrdinalIgnoreCase) ? HostMode.DesignTime : null;
}
