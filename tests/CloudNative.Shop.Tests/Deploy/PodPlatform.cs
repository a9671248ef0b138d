namespace CloudNative.Shop.Tests.Deploy;

/// <summary>What the cluster gives a pod beyond its manifest.</summary>
/// <param name="Server">The API server.</param>
/// <param name="Token">The token of its service account; null where none is mounted.</param>
/// <param name="ConnectionString">What the Secret of PostgreSQL holds.</param>
internal sealed record PodPlatform(Uri Server, string? Token, string ConnectionString);
