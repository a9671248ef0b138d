using System.Collections.Immutable;
using CloudNative.Eventing.Generators.Analysis;
using CloudNative.Eventing.Generators.Handlers;
using CloudNative.Eventing.Generators.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace CloudNative.Eventing.Generators;

/// <summary>Finds names of topics and groups that no transport takes, where the code says them literally.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TopicAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.BadTopic];

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

            start.RegisterOperationAction(AnalyzeCall, OperationKind.Invocation);
            start.RegisterOperationAction(operation => AnalyzeOptions(operation, symbols), OperationKind.SimpleAssignment);
            start.RegisterSymbolAction(symbol => AnalyzeAttribute(symbol, symbols), SymbolKind.NamedType);
        });
    }

    private static void AnalyzeCall(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        var parameter = HandlerMethods.FormOf(call.TargetMethod) is not null ? "topic"
            : HandlerMethods.IsGroup(call.TargetMethod) ? "group"
            : null;
        if (parameter is not null && call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter) is { } argument)
        {
            Check(argument.Value, context.ReportDiagnostic);
        }
    }

    private static void AnalyzeOptions(OperationAnalysisContext context, EventSymbols symbols)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        if (assignment.Target is IPropertyReferenceOperation { Property: { Name: "Topic" } property }
            && EventSymbols.Same(property.ContainingType, symbols.PublishOptions))
        {
            Check(assignment.Value, context.ReportDiagnostic);
        }
    }

    private static void AnalyzeAttribute(SymbolAnalysisContext context, EventSymbols symbols)
    {
        if (symbols.EventAttributeOf((INamedTypeSymbol)context.Symbol) is not { ApplicationSyntaxReference: { } syntax } attribute)
        {
            return;
        }

        var topic = attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Topic").Value.Value as string
            ?? (attribute.ConstructorArguments.FirstOrDefault().Value is string name ? TopicName.Of(name) : null);
        if (topic is not null && !TopicName.IsValid(topic))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.BadTopic, syntax.GetSyntax(context.CancellationToken).GetLocation(), topic));
        }
    }

    private static void Check(IOperation value, Action<Diagnostic> report)
    {
        if (value.ConstantValue is { HasValue: true, Value: string name } && !TopicName.IsValid(name))
        {
            report(Diagnostic.Create(Descriptors.BadTopic, value.Syntax.GetLocation(), name));
        }
    }
}
