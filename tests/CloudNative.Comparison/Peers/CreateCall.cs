using CloudNative.Comparison.Load;

namespace CloudNative.Comparison.Peers;

/// <summary>Makes the call of a stack that does not speak HTTP.</summary>
/// <param name="services">The services of its host.</param>
/// <param name="safe">Whether the call may be repeated.</param>
internal delegate Call CreateCall(IServiceProvider services, bool safe);
