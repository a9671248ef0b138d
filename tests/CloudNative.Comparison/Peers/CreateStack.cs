using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Comparison.Peers;

/// <summary>Sets a stack up for the services in these settings.</summary>
internal delegate Stack CreateStack(IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? more = null);
