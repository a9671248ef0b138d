using CloudNative.Embedded.Membership;
using CloudNative.Embedded.Telemetry;
using Microsoft.Extensions.Logging;

namespace CloudNative.Embedded.Events;

/// <summary>What the log needs from outside.</summary>
internal sealed record LogContext(
    EmbeddedNode Node, EmbeddedOptions Options, TimeProvider TimeProvider, EmbeddedMetrics Metrics, ILogger Logger);
