using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace CloudNative.Telemetry.Export;

/// <summary>
/// Hears from the OTLP exporters of this process, those of the service included, whether exports work. OpenTelemetry says so
/// only to its own event source, by design; this passes on the changes.
/// </summary>
/// <param name="changed">Gets the endpoint and the failure, or null when exports work again. Called on an exporter's thread.</param>
internal sealed class ExportListener(Action<string, string?> changed) : EventListener
{
    private const string SourceName = "OpenTelemetry-Exporter-OpenTelemetryProtocol";

    // Fields of an event listener are used before its constructor has run: the base class reports sources that exist already.
    private readonly ConcurrentDictionary<string, bool> _failing = new(StringComparer.Ordinal);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == SourceName)
        {
            EnableEvents(eventSource, EventLevel.Informational);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventSource.Name != SourceName || eventData.Payload is not [string endpoint, ..])
        {
            return;
        }

        switch (eventData.EventName)
        {
            case "ExportSuccess":
                if (_failing.TryRemove(endpoint, out _))
                {
                    changed(endpoint, null);
                }

                break;
            case "FailedToReachCollector" or "ExportFailure" or "HttpRequestFailed" or "TransientHttpError" or "RequestTimedOut"
                or "OperationUnexpectedlyCanceled" or "GrpcStatusWarning":
                if (_failing.TryAdd(endpoint, true))
                {
                    changed(endpoint, Describe(eventData.Payload));
                }

                break;
            default:
                break;
        }
    }

    /// <summary>The first line of what went wrong: the rest is a stack.</summary>
    private static string Describe(IReadOnlyList<object?> payload)
    {
        var text = payload.Skip(1).OfType<string>().LastOrDefault(part => part.Length > 0) ?? "no reason given";
        var line = text.AsSpan();
        var end = line.IndexOfAny('\r', '\n');
        line = (end < 0 ? line : line[..end]).TrimEnd();
        return line.Length > 300 ? $"{line[..300]}…" : $"{line.TrimEnd('.')}.";
    }
}
