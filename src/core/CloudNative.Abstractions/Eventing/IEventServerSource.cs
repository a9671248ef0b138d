namespace CloudNative.Eventing;

/// <summary>Optional: a transport that can say where its events are, for documents that describe the service.</summary>
public interface IEventServerSource
{
    /// <summary>Reads it from configuration; connects to nothing.</summary>
    /// <returns>The server without any secret, or <see langword="null"/> when none is configured.</returns>
    EventServer? FindServer();
}
