using System.Text.Json.Serialization;

namespace CloudNative.Consul.Http;

/// <summary>The documents of the API, for compilation ahead of time.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<HealthDocument>))]
[JsonSerializable(typeof(SelfDocument))]
[JsonSerializable(typeof(RegistrationDocument))]
[JsonSerializable(typeof(CheckUpdateDocument))]
[JsonSerializable(typeof(SessionDocument))]
[JsonSerializable(typeof(SessionIdDocument))]
[JsonSerializable(typeof(List<SessionIdDocument>))]
[JsonSerializable(typeof(List<KeyDocument>))]
[JsonSerializable(typeof(List<OperationDocument>))]
[JsonSerializable(typeof(TransactionDocument))]
[JsonSerializable(typeof(LeaseHolderDocument))]
internal sealed partial class ConsulJson : JsonSerializerContext;
