namespace CloudNative.Comparison.Chain;

internal enum ChainHopKind
{
    Http,
    Grpc,
}
