using System.Collections.Immutable;
using CloudNative.Http.Analyzers.Analysis;
using CloudNative.Http.Analyzers.Clients;
using CloudNative.Http.Analyzers.Symbols;
using CloudNative.Http.Analyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace CloudNative.Http.Analyzers;

/// <summary>
/// Finds clients that call a service by name through a primary handler which the pipeline cannot stand in for, so that it leaves their
/// requests alone.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OwnDiallingAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.OwnDialling];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (HttpSymbols.TryCreate(start.Compilation) is { ClientBuilder: not null } symbols)
            {
                start.RegisterOperationAction(operation => Analyze(operation, symbols), OperationKind.SimpleAssignment);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context, HttpSymbols symbols)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        if (OwnDialling.Read(assignment, symbols) is not { } own
            || LambdaCall.OfClient(assignment, symbols) is not { } call
            || call.TargetMethod.Name is not ("ConfigurePrimaryHttpMessageHandler" or "UseSocketsHttpHandler")
            || FactoryClient.Of(call, symbols) is not { } client
            || Conditions.MayDiffer(assignment.Syntax, call.Syntax)
            || ClientCalls.AddressOf(client, call, symbols).Service is not { IsService: true } service)
        {
            return;
        }

        // A callback may know by itself where http://catalog is.
        if (service.NeedsDiscovery || !own.MayFindServices)
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.OwnDialling, assignment.Syntax.GetLocation(), own.What, service.Host));
        }
    }
}
