using System.Collections.Immutable;
using CloudNative.Eventing.Generators.Analysis;
using CloudNative.Eventing.Generators.Handlers;
using CloudNative.Eventing.Generators.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CloudNative.Eventing.Generators;

/// <summary>Finds handlers that cannot be called, cannot be generated, or end before their work does.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Descriptors.NotNameable, Descriptors.WrongShape, Descriptors.NotOneEvent, Descriptors.AsyncVoid];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (EventSymbols.TryCreate(start.Compilation) is { } symbols)
            {
                start.RegisterOperationAction(operation => Analyze(operation, symbols), OperationKind.Invocation);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context, EventSymbols symbols)
    {
        if (HandlerReader.Read(context.Operation, symbols) is not { } registration)
        {
            return;
        }

        var place = (registration.Argument("handler")?.Syntax ?? context.Operation.Syntax).GetLocation();
        if (registration.Problem is { } problem)
        {
            context.ReportDiagnostic(Diagnostic.Create(problem.Descriptor, place, problem.Arguments));
        }

        if (registration.Delegate is { IsAsyncVoid: true } handler)
        {
            var name = handler.Code.CanBeReferencedByName ? handler.Code.Name : "the lambda";
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.AsyncVoid, place, name));
        }
    }
}
