using CloudNative.Http.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CloudNative.Http.Analyzers.Clients;

/// <summary>Finds the call that a lambda around an operation is an argument of.</summary>
internal static class LambdaCall
{
    /// <summary>The nearest one, or that of the lambda with a given parameter.</summary>
    public static IInvocationOperation? Of(IOperation operation, IParameterSymbol? parameter = null)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation lambda
                && (parameter is null || lambda.Symbol.Parameters.Any(own => HttpSymbols.Same(own, parameter))))
            {
                return CallOf(lambda);
            }
        }

        return null;
    }

    /// <summary>The innermost call on a builder of a client that an operation is configured by.</summary>
    public static IInvocationOperation? OfClient(IOperation operation, HttpSymbols symbols)
    {
        for (var call = Of(operation); call is not null; call = Of(call))
        {
            if (FactoryClient.BuilderOf(call, symbols) is not null || HttpSymbols.Same(call.Type, symbols.ClientBuilder))
            {
                return call;
            }
        }

        return null;
    }

    private static IInvocationOperation? CallOf(IAnonymousFunctionOperation lambda)
    {
        var current = lambda.Parent;
        while (current is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation)
        {
            current = current.Parent;
        }

        return current is IArgumentOperation { Parent: IInvocationOperation call } ? call : null;
    }
}
