using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CloudNative.Kubernetes.Http;

/// <summary>
/// Times with exactly six digits below the second: servers refuse other ones for this type
/// (<c>MicroTime</c>, https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/lease-v1/).
/// </summary>
internal sealed class MicroTimeConverter : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Text(value));

    public static string Text(DateTimeOffset value) => value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);
}
