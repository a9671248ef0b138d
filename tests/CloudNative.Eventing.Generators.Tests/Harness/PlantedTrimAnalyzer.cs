using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CloudNative.Eventing.Generators.Harness;

/// <summary>Says of every call of an annotated method what the SDK's analyzers of trimming and ahead-of-time compilation say.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class PlantedTrimAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor[] Descriptors =
        [.. new[] { "IL2026", "IL3050" }.Select(id => new DiagnosticDescriptor(id, "t", "m", "c", DiagnosticSeverity.Warning, true))];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. Descriptors];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(
            static operation =>
            {
                var call = (Microsoft.CodeAnalysis.Operations.IInvocationOperation)operation.Operation;
                if (call.TargetMethod.GetAttributes().Any(attribute => attribute.AttributeClass!.Name == "RequiresDynamicCodeAttribute"))
                {
                    foreach (var descriptor in Descriptors)
                    {
                        operation.ReportDiagnostic(Diagnostic.Create(descriptor, call.Syntax.GetLocation()));
                    }
                }
            },
            OperationKind.Invocation);
    }
}
