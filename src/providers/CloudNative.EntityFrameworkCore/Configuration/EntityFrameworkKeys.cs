namespace CloudNative.EntityFrameworkCore.Configuration;

/// <summary>All keys below <c>CloudNative:EntityFrameworkCore</c>.</summary>
internal static class EntityFrameworkKeys
{
    public const string Section = "EntityFrameworkCore";

    public static IReadOnlyList<string> All =>
    [
        $"Outbox:{nameof(EntityFrameworkOutboxOptions.PollInterval)}",
        $"Outbox:{nameof(EntityFrameworkOutboxOptions.TakeOverAfter)}",
    ];
}
