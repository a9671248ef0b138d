using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CloudNative.Http.Analyzers.Harness;

/// <summary>Lets one analyzer look at a service, compiled against the real packages that this process runs on.</summary>
internal static class Look
{
    /// <summary>What a template's implicit usings bring, and the packages.</summary>
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Diagnostics;
        global using System.Linq;
        global using System.Net;
        global using System.Net.Http;
        global using System.Net.Http.Json;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using CloudNative;
        global using CloudNative.Http;
        global using Grpc.Core;
        global using Grpc.Net.Client;
        global using Grpc.Net.Client.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Http.Resilience;
        global using Polly;
        """;

    private static readonly CSharpParseOptions _language = new(LanguageVersion.CSharp14);

    private static readonly MetadataReference[] _platform =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The ids that it finds in the body of <c>Run</c> and in members beside it, each with the code it points at.</summary>
    public static Task<IReadOnlyList<string>> FindAsync<TAnalyzer>(string body, string members = "")
        where TAnalyzer : DiagnosticAnalyzer, new() =>
        FindInAsync<TAnalyzer>([$$"""
            public static partial class Program
            {
                public static async Task Run(IServiceCollection services, ServiceHttpHandlerFactory handlers, string id)
                {
                    await Task.Yield();
                    {{body}}
                }

                {{members}}
            }
            """]);

    /// <summary>The same of files as they are.</summary>
    public static async Task<IReadOnlyList<string>> FindInAsync<TAnalyzer>(
        IEnumerable<string> files, OutputKind kind = OutputKind.DynamicallyLinkedLibrary, bool hasPackage = true)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var trees = files.Prepend(hasPackage ? Usings : Usings.Replace("global using CloudNative.Http;", "", StringComparison.Ordinal))
            .Select((code, index) => CSharpSyntaxTree.ParseText(code, _language, path: index == 0 ? "/Usings.cs" : $"/File{index}.cs"));
        var references = _platform.Where(reference => hasPackage || Path.GetFileName(reference.Display) != "CloudNative.Http.dll");
        var project = CSharpCompilation.Create(
            "Service", trees, references, new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable));
        var errors = project.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        Assert.True(errors.Count == 0, string.Join('\n', errors));

        var failures = new List<Exception>();
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), (failure, _, _) => failures.Add(failure), concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        var found = await project.WithAnalyzers([new TAnalyzer()], options)
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.Empty(failures);
        return
        [
            .. found.OrderBy(diagnostic => diagnostic.Location.SourceTree!.FilePath, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)
                .Select(diagnostic => $"{diagnostic.Id} {TextAt(diagnostic)}"),
        ];
    }

    private static string TextAt(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan).Split('\n')[0];
}
