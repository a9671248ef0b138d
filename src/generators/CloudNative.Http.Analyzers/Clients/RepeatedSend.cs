using CloudNative.Http.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CloudNative.Http.Analyzers.Clients;

/// <summary>Recognises a handler's <c>base.SendAsync</c> that may run more than once for one request.</summary>
internal static class RepeatedSend
{
    /// <summary>Whether it stands in a loop, or in what a retry policy of Polly 7 calls.</summary>
    public static bool Is(IInvocationOperation call, HttpSymbols symbols)
    {
        if (call.Instance is not IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }
            || !IsHandler(call.TargetMethod.ContainingType, symbols))
        {
            return false;
        }

        for (var current = call.Parent; current is not null; current = current.Parent)
        {
            if (current is ILoopOperation
                || current is IInvocationOperation { Instance.Type: { Name: "AsyncRetryPolicy", ContainingNamespace.Name: "Retry" } })
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsHandler(INamedTypeSymbol? type, HttpSymbols symbols)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (HttpSymbols.Same(type, symbols.DelegatingHandler))
            {
                return true;
            }
        }

        return false;
    }
}
