using System.Text.Json.Serialization;

namespace CloudNative.Comparison.Events;

[JsonSerializable(typeof(Sale))]
internal sealed partial class SaleJson : JsonSerializerContext;
