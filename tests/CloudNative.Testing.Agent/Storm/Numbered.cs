using CloudNative.Eventing;

namespace CloudNative.Testing.Agent.Storm;

[Event("storm.numbered")]
internal sealed record Numbered(string Key, long Number, string Filler);
