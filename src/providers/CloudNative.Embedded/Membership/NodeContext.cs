using CloudNative.Embedded.Storage;
using CloudNative.Embedded.Telemetry;
using Microsoft.Extensions.Logging;

namespace CloudNative.Embedded.Membership;

/// <summary>What a session needs from outside.</summary>
internal sealed record NodeContext(
    DataDirectory Directory,
    EmbeddedOptions Options,
    TimeProvider TimeProvider,
    EmbeddedMetrics Metrics,
    ChangeSignal Changes,
    ILogger Logger);
