using CloudNative.Http.Analyzers.Symbols;
using CloudNative.Http.Analyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CloudNative.Http.Analyzers.Clients;

/// <summary>
/// Recognises clients that are made on the spot and go straight to the network. One whose handler is not known, or dials by itself, may
/// well find services.
/// </summary>
internal static class HandMadeClient
{
    /// <summary>Whether an HttpClient or HttpMessageInvoker surely is one.</summary>
    public static bool Is(IOperation? client, HttpSymbols symbols) => Known.Unwrap(client) switch
    {
        IObjectCreationOperation creation =>
            (HttpSymbols.Same(creation.Type, symbols.Client) || HttpSymbols.Same(creation.Type, symbols.Invoker))
            && (creation.Arguments.IsEmpty || IsPlainHandler(Known.Argument(creation, "handler"), symbols)),
        { } reference => Known.ValueOf(reference) is IObjectCreationOperation made && Is(made, symbols),
        _ => false,
    };

    /// <summary>Whether a gRPC channel with these options surely is one.</summary>
    public static bool IsChannel(IOperation? options, HttpSymbols symbols)
    {
        if (options is null)
        {
            return true;
        }

        var reference = Known.Unwrap(options);
        if ((reference as IObjectCreationOperation ?? Known.ValueOf(reference!) as IObjectCreationOperation) is not { } creation
            || IsSetLater(reference, name => name is "HttpHandler" or "HttpClient"))
        {
            return false;
        }

        var (handler, client) = (Known.Initialized(creation, "HttpHandler"), Known.Initialized(creation, "HttpClient"));
        return (handler is null || IsPlainHandler(handler, symbols)) && (client is null || Is(client, symbols));
    }

    private static bool IsPlainHandler(IOperation? handler, HttpSymbols symbols)
    {
        var reference = Known.Unwrap(handler);
        return reference is not null
            && (reference as IObjectCreationOperation ?? Known.ValueOf(reference) as IObjectCreationOperation) is { } creation
            && (HttpSymbols.Same(creation.Type, symbols.SocketsHandler) || HttpSymbols.Same(creation.Type, symbols.ClientHandler))
            && Known.Initialized(creation, "ConnectCallback") is null
            && Known.Initialized(creation, "Proxy") is null
            && !IsSetLater(reference, static name => name is "ConnectCallback" or "Proxy");
    }

    private static bool IsSetLater(IOperation? reference, Func<string, bool> property) =>
        reference is ILocalReferenceOperation local && Known.IsSetLater(local.Local, local, property);
}
