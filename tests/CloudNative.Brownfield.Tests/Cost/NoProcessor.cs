using System.Diagnostics;
using OpenTelemetry;

namespace CloudNative.Brownfield.Tests.Cost;

/// <summary>Takes spans and keeps none.</summary>
internal sealed class NoProcessor : BaseProcessor<Activity>;
