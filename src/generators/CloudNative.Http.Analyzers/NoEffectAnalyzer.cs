using System.Collections.Immutable;
using CloudNative.Http.Analyzers.Analysis;
using CloudNative.Http.Analyzers.Clients;
using CloudNative.Http.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace CloudNative.Http.Analyzers;

/// <summary>
/// Finds settings of the pipeline's retries and answers on clients that have a resilience handler of their own, which the pipeline leaves
/// to do that work alone.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NoEffectAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.NoEffect];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (HttpSymbols.TryCreate(start.Compilation) is { ClientBuilder: not null } symbols)
            {
                start.RegisterOperationAction(operation => Analyze(operation, symbols), OperationKind.Invocation);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context, HttpSymbols symbols)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name is "AddCloudNativeFallback" or "AddIdempotentRequests" or "AddIdempotentMethods"
            && call.TargetMethod.ContainingAssembly.Name is "CloudNative.Http" or "CloudNative.Grpc"
            && FactoryClient.Of(FactoryClient.BuilderOf(call, symbols), symbols) is { } client
            && ClientCalls.ResilienceOf(client, call, symbols) is { } resilience)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.NoEffect,
                ClientCalls.PlaceOf(call),
                [ClientCalls.PlaceOf(resilience)],
                call.TargetMethod.Name,
                resilience.TargetMethod.Name));
        }
    }
}
