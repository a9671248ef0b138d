namespace CloudNative.Testing.Agent.Client;

internal sealed record WireEdit(byte[] Data, string By, DateTimeOffset At);
