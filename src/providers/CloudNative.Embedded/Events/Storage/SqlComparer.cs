namespace CloudNative.Embedded.Events.Storage;

/// <summary>
/// Tells the texts of statements apart. One statement comes in one string, again and again: hashing looks at a few characters of it, and
/// comparing at none.
/// </summary>
internal sealed class SqlComparer : IEqualityComparer<string>
{
    public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

    public int GetHashCode(string sql) => HashCode.Combine(sql.Length, sql[sql.Length / 2], sql[^1]);
}
