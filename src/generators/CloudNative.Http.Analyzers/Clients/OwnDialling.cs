using CloudNative.Http.Analyzers.Symbols;
using CloudNative.Http.Analyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CloudNative.Http.Analyzers.Clients;

/// <summary>
/// A setting of a primary handler that keeps the pipeline from dialling in its place: the rule of
/// <c>CloudNative.Http.Connections.PrimaryHandlers</c>.
/// </summary>
/// <param name="What">The setting, for a message.</param>
/// <param name="MayFindServices">Whether it may do by itself what discovery would.</param>
internal sealed record OwnDialling(string What, bool MayFindServices)
{
    /// <summary>The setting that an assignment makes, if it is one of these.</summary>
    public static OwnDialling? Read(ISimpleAssignmentOperation assignment, HttpSymbols symbols)
    {
        if (assignment.Target is not IPropertyReferenceOperation { Property: var property } target
            || !(HttpSymbols.Same(property.ContainingType, symbols.SocketsHandler)
                || HttpSymbols.Same(property.ContainingType, symbols.ClientHandler))
            || Known.Unwrap(assignment.Value) is { ConstantValue: { HasValue: true, Value: null } })
        {
            return null;
        }

        return property.Name switch
        {
            "ConnectCallback" => new OwnDialling("a ConnectCallback", MayFindServices: true),
            "Proxy" when !IsUnused(target) => new OwnDialling("a Proxy", MayFindServices: false),
            "ClientCertificateOptions" when IsAutomatic(assignment.Value) =>
                new OwnDialling("automatic client certificates", MayFindServices: false),
            _ => null,
        };
    }

    private static bool IsAutomatic(IOperation value) => Known.Unwrap(value) is IFieldReferenceOperation { Field.Name: "Automatic" };

    // new SocketsHttpHandler { Proxy = …, UseProxy = false }
    private static bool IsUnused(IPropertyReferenceOperation proxy) =>
        proxy.Instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver }
        && proxy.Parent?.Parent?.Parent is IObjectCreationOperation creation
        && Known.Unwrap(Known.Initialized(creation, "UseProxy")) is { ConstantValue: { HasValue: true, Value: false } };
}
