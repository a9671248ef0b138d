using CloudNative.Http.Analyzers.Symbols;
using CloudNative.Http.Analyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CloudNative.Http.Analyzers.Clients;

/// <summary>Which client of IHttpClientFactory an <c>IHttpClientBuilder</c> stands for, as far as one method says it.</summary>
internal sealed class FactoryClient
{
    private FactoryClient(IInvocationOperation? registration, IParameterSymbol? builder, ISymbol? services, string? name)
    {
        Registration = registration;
        Builder = builder;
        Services = services;
        Name = name;
    }

    /// <summary>The call of <c>AddHttpClient</c>, <c>AddGrpcClient</c> or their like that made the builder.</summary>
    public IInvocationOperation? Registration { get; }

    /// <summary>The parameter that the builder came by, when it did.</summary>
    public IParameterSymbol? Builder { get; }

    /// <summary>The variable that holds the services which the client belongs to, or what leads to them.</summary>
    public ISymbol? Services { get; }

    /// <summary>The client's name, where the code says it.</summary>
    public string? Name { get; }

    /// <summary>The client that an expression stands for.</summary>
    public static FactoryClient? Of(IOperation? builder, HttpSymbols symbols)
    {
        while (true)
        {
            switch (Known.Unwrap(builder))
            {
                case ILocalReferenceOperation local:
                    builder = Known.ValueOf(local);
                    break;
                case IParameterReferenceOperation parameter:
                    return new FactoryClient(null, parameter.Parameter, ServicesOfDefaults(parameter), null);
                case IInvocationOperation call when BuilderOf(call, symbols) is { } inner:
                    builder = inner;
                    break;
                case IInvocationOperation call when HttpSymbols.Same(call.Type, symbols.ClientBuilder) && !call.Arguments.IsEmpty:
                    return new FactoryClient(call, null, ServicesOf(call.Arguments[0].Value), NameOf(call));
                default:
                    return null;
            }
        }
    }

    /// <summary>The builder that an extension method is called on.</summary>
    public static IOperation? BuilderOf(IInvocationOperation call, HttpSymbols symbols) =>
        call.TargetMethod.IsExtensionMethod
        && HttpSymbols.Same(call.TargetMethod.Parameters[0].Type, symbols.ClientBuilder)
            ? call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value
            : null;

    /// <summary>
    /// Whether what is said of the other is surely said of this one: the same client, or the defaults of the services that it belongs to.
    /// </summary>
    public bool IsCoveredBy(FactoryClient other) => other switch
    {
        { Registration: { } registration } => registration == Registration
            || (Name is not null && Name == other.Name && HttpSymbols.Same(Services, other.Services)),
        { Services: { } services } when HttpSymbols.Same(services, Services) => true,
        _ => HttpSymbols.Same(Builder, other.Builder),
    };

    // The parameter of the lambda in services.ConfigureHttpClientDefaults(client => …): every client of these services.
    private static ISymbol? ServicesOfDefaults(IParameterReferenceOperation parameter) =>
        LambdaCall.Of(parameter, parameter.Parameter) is { TargetMethod.Name: "ConfigureHttpClientDefaults" } defaults
            ? ServicesOf(defaults.Arguments[0].Value)
            : null;

    private static ISymbol? ServicesOf(IOperation? services) => Known.Unwrap(services) switch
    {
        IPropertyReferenceOperation { Instance: { } instance } => ServicesOf(instance),
        IInvocationOperation { TargetMethod.IsExtensionMethod: true } call => ServicesOf(call.Arguments[0].Value),
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        _ => null,
    };

    private static string? NameOf(IInvocationOperation registration)
    {
        if (registration.TargetMethod.Parameters.Any(parameter => parameter.Name == "name"))
        {
            return Known.Argument(registration, "name")?.ConstantValue is { HasValue: true, Value: string name } ? name : null;
        }

        return registration.TargetMethod.TypeArguments.FirstOrDefault()?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
    }
}
