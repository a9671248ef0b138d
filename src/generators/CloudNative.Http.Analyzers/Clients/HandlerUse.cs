using CloudNative.Http.Analyzers.Symbols;
using CloudNative.Http.Analyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CloudNative.Http.Analyzers.Clients;

/// <summary>A handler of the user's own on a client that calls a service with the whole pipeline.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Client">The client's name, where the code says it.</param>
internal sealed record HandlerUse(string Service, string? Client)
{
    /// <summary>Reads <c>AddHttpMessageHandler</c>.</summary>
    public static HandlerUse? Read(IInvocationOperation call, HttpSymbols symbols) =>
        FactoryClient.Of(call, symbols) is { } client
        && ClientCalls.AddressOf(client, call, symbols).Service is { IsService: true } service
        && ClientCalls.ResilienceOf(client, call, symbols) is null
            ? new HandlerUse(service.Host, client.Name)
            : null;

    /// <summary>The type of the handler that it adds.</summary>
    public static ITypeSymbol? HandlerOf(IInvocationOperation call) =>
        call.TargetMethod.TypeArguments.FirstOrDefault()
        ?? call.Arguments.Select(argument => Known.Unwrap(argument.Value))
            .OfType<IDelegateCreationOperation>()
            .Select(creation => creation.Target)
            .OfType<IAnonymousFunctionOperation>()
            .SelectMany(lambda => lambda.Body.Operations)
            .OfType<IReturnOperation>()
            .Select(answer => Known.Unwrap(answer.ReturnedValue)?.Type)
            .FirstOrDefault();
}
