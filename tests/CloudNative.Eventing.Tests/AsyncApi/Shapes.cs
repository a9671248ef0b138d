using System.ComponentModel;
using System.Text.Json.Serialization;

namespace CloudNative.Eventing.Tests.AsyncApi;

/// <summary>Types of events whose documents are looked at.</summary>
internal static class Shapes
{
    [Event("parcels.sent")]
    [Description("A parcel has left the house.")]
    public sealed record ParcelSent(
        [property: Description("Its number.")] long Number,
        Carrier Carrier,
        string? Note,
        [Description("What it weighs, in kg.")] decimal Weight = 1);

    /// <summary>What another part of the service reads of the same event.</summary>
    [Event("parcels.sent")]
    public sealed record ParcelNumber(long Number);

    /// <summary>As another part has it that reads the same.</summary>
    [Event("parcels.sent")]
    public sealed record NumberOfParcel(long Number);

    [Event("parcels.sent", Version = 2)]
    public sealed record ParcelSent2(Guid Id);

    /// <summary>
    /// A type with cycles: by itself, by a list, and by a name that a pointer and a URI have to escape.
    /// </summary>
    [Event("trees.grown")]
    public sealed record TreeGrown(
        string Name,
        TreeGrown? Parent,
        IReadOnlyList<TreeGrown> Children,
        [property: JsonPropertyName("a/b~c %d")] Branch Branch);

    public sealed record Branch(Branch? Next, IReadOnlyDictionary<string, Branch> ByName);

    public sealed record Unnamed(int Number);

    [Event("parcels.lost")]
    public sealed record ParcelLost([property: JsonPropertyName("place")] string From, [property: JsonPropertyName("place")] string To);

    [JsonConverter(typeof(JsonStringEnumConverter<Carrier>))]
    public enum Carrier
    {
        Post,
        Pigeon,
    }
}
