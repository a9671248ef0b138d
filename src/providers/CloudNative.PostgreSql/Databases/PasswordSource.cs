namespace CloudNative.PostgreSql.Databases;

/// <summary>
/// Gives each connection that is opened the password as the configuration has it now. While a password is being changed the server may
/// still know only the old one: the last that worked is kept, and tried when the present one is refused. Opening several connections at
/// once while both are in use may cost one of them another try, no more.
/// </summary>
/// <param name="read">Reads the present password.</param>
internal sealed class PasswordSource(Func<string?> read)
{
    private volatile string? _old;
    private volatile bool _isOldUsed;

    /// <summary>What to open a connection with.</summary>
    public string Next() => (_isOldUsed ? _old : null) ?? read() ?? string.Empty;

    /// <summary>The server took the password of a new connection.</summary>
    public void Worked()
    {
        if (!_isOldUsed)
        {
            _old = read();
        }
    }

    /// <summary>The server refused the password.</summary>
    /// <returns>Whether another one is left to try.</returns>
    public bool Refused()
    {
        if (_old is null || string.Equals(_old, read(), StringComparison.Ordinal))
        {
            return false;
        }

        _isOldUsed = !_isOldUsed;
        return true;
    }
}
