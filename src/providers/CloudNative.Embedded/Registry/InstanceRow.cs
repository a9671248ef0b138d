using CloudNative.Discovery;

namespace CloudNative.Embedded.Registry;

/// <summary>One registration as it stands in the store.</summary>
/// <param name="Instance">What is announced.</param>
/// <param name="Registration">Tells this registration from one that replaced it under the same id.</param>
/// <param name="Ready">Whether it takes calls.</param>
internal sealed record InstanceRow(ServiceInstance Instance, string Registration, bool Ready);
