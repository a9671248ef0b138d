using System.Text.Json.Serialization;

namespace CloudNative.Sdk.Management;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeadLetterPage))]
[JsonSerializable(typeof(DeadLetterDetails))]
[JsonSerializable(typeof(DeadLetterIds))]
[JsonSerializable(typeof(DeadLetterData))]
[JsonSerializable(typeof(DeadLetterFilter))]
[JsonSerializable(typeof(SubscriptionOverview))]
[JsonSerializable(typeof(ManagementCount))]
[JsonSerializable(typeof(ManagementError))]
internal sealed partial class ManagementJson : JsonSerializerContext;
