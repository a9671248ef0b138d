using System.Collections.Concurrent;
using System.Collections.Immutable;
using CloudNative.Eventing.Generators.Analysis;
using CloudNative.Eventing.Generators.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CloudNative.Eventing.Generators;

/// <summary>
/// In a project that serialises without reflection (trimmed, compiled ahead of time, or by its own choice): finds types of events that
/// no JSON context knows.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class JsonContextAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.NoJsonContext];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (EventSymbols.TryCreate(start.Compilation) is not { } symbols
                || BuildSettings.MayReflectJson(start.Options.AnalyzerConfigOptionsProvider.GlobalOptions))
            {
                return;
            }

            var used = new ConcurrentDictionary<ITypeSymbol, ConcurrentBag<Location>>(SymbolEqualityComparer.Default);
            start.RegisterOperationAction(
                operation =>
                {
                    if (EventUse.Read(operation.Operation, symbols) is { } use)
                    {
                        used.GetOrAdd(use.Type, _ => []).Add(operation.Operation.Syntax.GetLocation());
                    }
                },
                OperationKind.Invocation);
            start.RegisterCompilationEndAction(end => Report(end, used));
        });
    }

    private static void Report(
        CompilationAnalysisContext context, IReadOnlyDictionary<ITypeSymbol, ConcurrentBag<Location>> used)
    {
        var own = JsonContexts.OfSource(context.Compilation);
        var unknown = used.Where(use => !own.Know(use.Key)).ToList();
        if (unknown.Count == 0)
        {
            return;
        }

        var others = JsonContexts.OfReferences(context.Compilation);
        foreach (var (type, places) in unknown.Where(use => !others.Know(use.Key)).Select(use => (use.Key, use.Value)))
        {
            // Once for each type, where it comes first.
            var first = places.OrderBy(place => place.SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(place => place.SourceSpan.Start)
                .First();
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.NoJsonContext, first, type.ToDisplayString(), type.Name));
        }
    }
}
