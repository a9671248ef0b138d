using System.Collections.Immutable;
using CloudNative.Eventing.Generators.Analysis;
using CloudNative.Eventing.Generators.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CloudNative.Eventing.Generators;

/// <summary>Finds types of events that have no name, or that cannot travel as JSON.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EventTypeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Descriptors.NoName, Descriptors.NotSerializable];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (EventSymbols.TryCreate(start.Compilation) is not { } symbols)
            {
                return;
            }

            start.RegisterOperationAction(operation => AnalyzeUse(operation, symbols), OperationKind.Invocation);
            start.RegisterSymbolAction(symbol => AnalyzeType(symbol, symbols), SymbolKind.NamedType);
        });
    }

    private static void AnalyzeUse(OperationAnalysisContext context, EventSymbols symbols)
    {
        // What is published counts by its run-time type, so only a type that cannot have others below it is surely without a name.
        if (EventUse.Read(context.Operation, symbols) is { } use
            && (use.IsHandled || use.Type is { IsValueType: true } or { IsSealed: true })
            && symbols.EventAttributeOf(use.Type) is null)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.NoName, context.Operation.Syntax.GetLocation(), use.Type.ToDisplayString()));
        }
    }

    private static void AnalyzeType(SymbolAnalysisContext context, EventSymbols symbols)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (symbols.EventAttributeOf(type) is not null
            && JsonShape.Problem(type, context.Compilation) is { } problem
            && type.Locations.FirstOrDefault(location => location.IsInSource) is { } place)
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.NotSerializable, place, type.ToDisplayString(), problem));
        }
    }
}
