using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CloudNative.Eventing.Generators.Harness;

/// <summary>Lets one analyzer look at a service.</summary>
internal static class Look
{
    /// <summary>The ids that it finds, each with the code it points at.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync<TAnalyzer>(
        IEnumerable<string> files,
        OutputKind kind = OutputKind.DynamicallyLinkedLibrary,
        params (string Name, string Value)[] properties)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var found = await Compiler.AnalyzeAsync(
            Compiler.Project(files, kind), properties.ToDictionary(property => property.Name, property => property.Value), new TAnalyzer());
        return [.. found.Select(diagnostic => $"{diagnostic.Id} {TextAt(diagnostic)}")];
    }

    /// <summary>Looks at a body of <c>Map(IHost app)</c> and members beside it.</summary>
    public static Task<IReadOnlyList<string>> FindAsync<TAnalyzer>(string body, string members = "")
        where TAnalyzer : DiagnosticAnalyzer, new() => FindAsync<TAnalyzer>([Sources.Types, Sources.Program(body, members)]);

    public static string TextAt(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan).Split('\n')[0];
}
