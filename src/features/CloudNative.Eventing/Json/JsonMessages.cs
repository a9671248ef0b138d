namespace CloudNative.Eventing.Json;

/// <summary>What is said in more than one place.</summary>
internal static class JsonMessages
{
    public static string NoMetadata(Type type) =>
        $"There is no JSON metadata for {type}. Put [JsonSerializable(typeof({type.Name}))] on a "
        + "JsonSerializerContext and add it: cloud.Events.AddJsonContext(MyContext.Default).";
}
