using System.Collections.Immutable;
using CloudNative.Http.Analyzers.Analysis;
using CloudNative.Http.Analyzers.Clients;
using CloudNative.Http.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace CloudNative.Http.Analyzers;

/// <summary>Finds clients of AddGrpcClient whose channel retries or hedges above the pipeline.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ChannelRetryAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.RetriesOfChannel];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (HttpSymbols.TryCreate(start.Compilation) is { ChannelOptions: not null, GrpcClientOptions: not null } symbols)
            {
                start.RegisterOperationAction(operation => Analyze(operation, symbols), OperationKind.SimpleAssignment);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context, HttpSymbols symbols)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        if (assignment.Target is not IPropertyReferenceOperation { Property.Name: "ServiceConfig" } target
            || !HttpSymbols.Same(target.Property.ContainingType, symbols.ChannelOptions)
            || LambdaCall.OfClient(assignment, symbols) is not { } call
            || FactoryClient.Of(call, symbols) is not { } client
            || !ChannelRetries.AreIn(assignment.Value, symbols)
            || ClientCalls.AddressOf(client, call, symbols) is { IsKnown: true, Service: null }
            || ClientCalls.ResilienceOf(client, call, symbols) is not null)
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.RetriesOfChannel, assignment.Syntax.GetLocation(), client.Name ?? "<name>"));
    }
}
