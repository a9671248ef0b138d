namespace CloudNative.Discovery.Resolution;

/// <summary>A source together with the gate that it shares with the sources of the same name.</summary>
internal sealed record GatedSource(IEndpointSource Source, SourceGate Gate);
