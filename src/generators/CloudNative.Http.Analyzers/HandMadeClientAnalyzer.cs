using System.Collections.Immutable;
using CloudNative.Http.Analyzers.Addresses;
using CloudNative.Http.Analyzers.Analysis;
using CloudNative.Http.Analyzers.Clients;
using CloudNative.Http.Analyzers.Symbols;
using CloudNative.Http.Analyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace CloudNative.Http.Analyzers;

/// <summary>Finds clients and channels that are made by hand and call a service by a name that they have nobody to ask for.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandMadeClientAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.HandMade];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (HttpSymbols.TryCreate(start.Compilation) is { } symbols)
            {
                start.RegisterOperationAction(operation => AnalyzeCall(operation, symbols), OperationKind.Invocation);
                start.RegisterOperationAction(operation => AnalyzeBase(operation, symbols), OperationKind.SimpleAssignment);
            }
        });
    }

    private static void AnalyzeCall(OperationAnalysisContext context, HttpSymbols symbols)
    {
        var call = (IInvocationOperation)context.Operation;
        var type = call.TargetMethod.ContainingType;
        if (HttpSymbols.Same(type, symbols.Channel))
        {
            if (call.TargetMethod.Name == "ForAddress"
                && AddressReader.Read(Known.Argument(call, "address"), symbols) is { IsService: true } service
                && HandMadeClient.IsChannel(Known.Argument(call, "channelOptions"), symbols))
            {
                Report(context, Known.Argument(call, "address")!, service);
            }
        }
        else if (HttpSymbols.Same(type, symbols.Client)
            || HttpSymbols.Same(type, symbols.Invoker)
            || HttpSymbols.Same(type, symbols.ClientJson))
        {
            var address = Known.Argument(call, "requestUri") ?? Known.Argument(call, "request");
            if (AddressReader.Read(address, symbols) is { IsService: true } service
                && HandMadeClient.Is(call.Instance ?? Known.Argument(call, "client"), symbols))
            {
                Report(context, address!, service);
            }
        }
    }

    private static void AnalyzeBase(OperationAnalysisContext context, HttpSymbols symbols)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        if (assignment.Target is not IPropertyReferenceOperation { Property.Name: "BaseAddress" } target
            || !HttpSymbols.Same(target.Property.ContainingType, symbols.Client)
            || AddressReader.Read(assignment.Value, symbols) is not { IsService: true } service)
        {
            return;
        }

        var client = target.Instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver }
            ? assignment.Parent?.Parent
            : target.Instance;
        if (HandMadeClient.Is(client, symbols))
        {
            Report(context, assignment.Value, service);
        }
    }

    private static void Report(OperationAnalysisContext context, IOperation address, LogicalAddress service) =>
        context.ReportDiagnostic(Diagnostic.Create(Descriptors.HandMade, address.Syntax.GetLocation(), service.Host));
}
