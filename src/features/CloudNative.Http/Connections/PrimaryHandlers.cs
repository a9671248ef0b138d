namespace CloudNative.Http.Connections;

/// <summary>
/// Whether endpoints can be dialled in place of a client's own primary handler, and with which settings.
/// </summary>
internal static class PrimaryHandlers
{
    /// <summary>Null, with the reason, when requests of this client must reach its own handler untouched.</summary>
    public static SocketsHttpHandler? TryGetPrototype(HttpMessageHandler primary, out string? reason)
    {
        var prototype = primary switch
        {
            SocketsHttpHandler sockets => sockets,
            HttpClientHandler handler when handler.GetType() == typeof(HttpClientHandler) =>
                HttpClientHandlerTranslation.TryTranslate(handler),
            _ => null,
        };
        reason = prototype switch
        {
            null => $"its primary handler is {primary.GetType()}, which cannot dial a chosen address",
            { ConnectCallback: not null } => "its primary handler has a ConnectCallback of its own",
            { UseProxy: true, Proxy: not null } => "its primary handler has a proxy of its own",
            _ => null,
        };
        return reason is null ? prototype : null;
    }
}
