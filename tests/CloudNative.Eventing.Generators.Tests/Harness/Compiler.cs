using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CloudNative.Eventing.Generators.Harness;

/// <summary>Compiles code as a service's project would be, against everything that this process runs on.</summary>
internal static class Compiler
{
    /// <summary>What a template's implicit usings bring.</summary>
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using CloudNative;
        global using CloudNative.Eventing;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        """;

    public static CSharpParseOptions Language { get; } = new CSharpParseOptions(LanguageVersion.CSharp14)
        .WithFeatures([new("InterceptorsNamespaces", "CloudNative.Eventing.Generated")]);

    /// <summary>The framework and the packages, but not the assembly that the double stands in for.</summary>
    public static IReadOnlyList<MetadataReference> Platform { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) != EventingDouble.Name)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>A project that uses events.</summary>
    public static CSharpCompilation Project(
        IEnumerable<string> files, OutputKind kind = OutputKind.DynamicallyLinkedLibrary, bool hasEvents = true)
    {
        var trees = files.Prepend(Usings).Select((code, index) =>
            CSharpSyntaxTree.ParseText(code, Language, path: $"/src/File{index}.cs", encoding: System.Text.Encoding.UTF8));
        var references = hasEvents ? Platform.Append(MetadataReference.CreateFromImage(EventingDouble.Image)) : Platform;
        return CSharpCompilation.Create(
            "Service", trees, references,
            new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));
    }

    /// <summary>What analyzers say of a project, as "id at 'code'", in the order of the code; the project itself has to compile.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> AnalyzeAsync(
        Compilation project, IReadOnlyDictionary<string, string>? properties = null, params DiagnosticAnalyzer[] analyzers)
    {
        NoErrors(project.GetDiagnostics());
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([], new BuildProperties(properties)),
            onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true);
        var found = await project.WithAnalyzers([.. analyzers], options)
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return
        [
            .. found.OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start),
        ];
    }

    public static byte[] Emit(Compilation compilation)
    {
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        NoErrors(result.Diagnostics);
        Assert.True(result.Success);
        return stream.ToArray();
    }

    public static void NoErrors(ImmutableArray<Diagnostic> diagnostics)
    {
        var errors = diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        Assert.True(errors.Count == 0, string.Join('\n', errors));
    }
}
