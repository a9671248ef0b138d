using System.Collections.Concurrent;
using System.Collections.Immutable;
using CloudNative.Http.Analyzers.Analysis;
using CloudNative.Http.Analyzers.Clients;
using CloudNative.Http.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace CloudNative.Http.Analyzers;

/// <summary>
/// Finds handlers that send a request again and again, on clients that call a service: the pipeline runs them once for each attempt of
/// its own and cannot tell.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RetryLoopAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.RetryLoop];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (HttpSymbols.TryCreate(start.Compilation) is not { ClientBuilder: not null, DelegatingHandler: not null } symbols)
            {
                return;
            }

            var repeating = new ConcurrentDictionary<ISymbol, bool>(SymbolEqualityComparer.Default);
            var added = new ConcurrentBag<IInvocationOperation>();
            start.RegisterOperationAction(
                operation =>
                {
                    var call = (IInvocationOperation)operation.Operation;
                    if (call.TargetMethod.Name == "SendAsync" && RepeatedSend.Is(call, symbols))
                    {
                        repeating.TryAdd(operation.ContainingSymbol.ContainingType, true);
                    }
                    else if (call.TargetMethod.Name == "AddHttpMessageHandler")
                    {
                        added.Add(call);
                    }
                },
                OperationKind.Invocation);
            start.RegisterCompilationEndAction(end =>
            {
                foreach (var call in added)
                {
                    // What is costly to find out is asked of handlers that repeat only.
                    if (HandlerUse.HandlerOf(call) is { } handler
                        && BasesOf(handler).Any(repeating.ContainsKey)
                        && HandlerUse.Read(call, symbols) is { } use)
                    {
                        end.ReportDiagnostic(Diagnostic.Create(
                            Descriptors.RetryLoop, ClientCalls.PlaceOf(call), handler.Name, use.Service, use.Client ?? "<name>"));
                    }
                }
            });
        });
    }

    private static IEnumerable<ITypeSymbol> BasesOf(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }
}
