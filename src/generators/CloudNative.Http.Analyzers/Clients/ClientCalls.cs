using CloudNative.Http.Analyzers.Addresses;
using CloudNative.Http.Analyzers.Symbols;
using CloudNative.Http.Analyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace CloudNative.Http.Analyzers.Clients;

/// <summary>
/// What one method says of a client beside the call that is looked at. Asked of suspects only: it reads the whole method.
/// </summary>
internal static class ClientCalls
{
    private static readonly string[] _resilience =
    [
        "AddStandardResilienceHandler", "AddStandardHedgingHandler", "AddResilienceHandler",
        "AddPolicyHandler", "AddPolicyHandlerFromRegistry", "AddTransientHttpErrorPolicy",
    ];

    /// <summary>
    /// The call that gives the client a resilience handler of its own, which the pipeline leaves alone; <see langword="null"/> when there
    /// surely is none, or only under a condition.
    /// </summary>
    public static IInvocationOperation? ResilienceOf(FactoryClient client, IOperation near, HttpSymbols symbols)
    {
        var calls = Of(client, near, symbols).ToList();
        return calls.Any(static call => call.TargetMethod.Name == "RemoveAllResilienceHandlers")
            ? null
            : calls.Find(call => _resilience.Contains(call.TargetMethod.Name)
                && call.TargetMethod.ContainingAssembly.Name.StartsWith("Microsoft.Extensions.Http.", StringComparison.Ordinal)
                && !Conditions.MayDiffer(call.Syntax, near.Syntax));
    }

    /// <summary>
    /// Where the client is said to send its requests: unknown, surely to no service, or to what may be one.
    /// </summary>
    public static (bool IsKnown, LogicalAddress? Service) AddressOf(FactoryClient client, IOperation near, HttpSymbols symbols)
    {
        var addresses = Of(client, near, symbols)
            .Where(call => call.TargetMethod.Name == "ConfigureHttpClient" || FactoryClient.BuilderOf(call, symbols) is null)
            .SelectMany(static call => call.Arguments.Skip(1))
            .SelectMany(static argument => argument.Descendants())
            .OfType<ISimpleAssignmentOperation>()
            .Where(assignment => IsAddress(assignment.Target, symbols))
            .ToList();
        return addresses.Count == 1 && !Conditions.MayDiffer(addresses[0].Syntax, near.Syntax)
            ? (IsLiteral(addresses[0].Value), AddressReader.Read(addresses[0].Value, symbols))
            : (false, null);
    }

    /// <summary>Where a call of a chain is written: its name, not all that stands before it.</summary>
    public static Location PlaceOf(IInvocationOperation call) =>
        call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name } }
            ? name.GetLocation()
            : call.Syntax.GetLocation();

    private static IEnumerable<IInvocationOperation> Of(FactoryClient client, IOperation near, HttpSymbols symbols) =>
        Known.RootOf(near).Descendants().OfType<IInvocationOperation>()
            .Where(call => FactoryClient.Of(call, symbols) is { } other && client.IsCoveredBy(other));

    private static bool IsAddress(IOperation target, HttpSymbols symbols) =>
        target is IPropertyReferenceOperation { Property: { Name: "BaseAddress" or "Address" } property }
        && (HttpSymbols.Same(property.ContainingType, symbols.Client)
            || HttpSymbols.Same(property.ContainingType, symbols.GrpcClientOptions));

    private static bool IsLiteral(IOperation value) =>
        Known.Unwrap(value) is IObjectCreationOperation { Arguments.IsEmpty: false } uri
        && Known.Unwrap(uri.Arguments[0].Value)?.ConstantValue is { HasValue: true, Value: string };
}
