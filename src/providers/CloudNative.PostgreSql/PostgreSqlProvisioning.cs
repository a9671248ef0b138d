namespace CloudNative.PostgreSql;

/// <summary>Who creates the tables.</summary>
public enum PostgreSqlProvisioning
{
    /// <summary>
    /// The service does at first use, if they are missing or older; else it changes nothing and needs no right to.
    /// </summary>
    Create,

    /// <summary>Somebody else did, by migrations; the service only looks whether they fit.</summary>
    Validate,

    /// <summary>Somebody else did, and the service does not even look: one round trip less at first use.</summary>
    Never,
}
